"""Parameters as a row of numbers: there and back to the bit, and every weight before every bias."""

from __future__ import annotations

import numpy as np

from app.nn.network import Parameters
from app.nn.rows import Rows, parameters_in, row_of

RANDOM = np.random.default_rng(1)
LIKE = Parameters((RANDOM.normal(size=(4, 5)), RANDOM.normal(size=(5, 2))), (RANDOM.normal(size=5), np.zeros(2)))


def test_there_and_back_is_the_same_to_the_bit() -> None:
    back = parameters_in(row_of(LIKE), LIKE)
    for one, other in zip((*LIKE.w, *LIKE.b), (*back.w, *back.b), strict=True):
        np.testing.assert_array_equal(one, other)


def test_every_weight_stands_before_every_bias() -> None:
    row = row_of(LIKE)
    np.testing.assert_array_equal(row[:20].reshape(4, 5), LIKE.w[0])
    np.testing.assert_array_equal(row[20:30].reshape(5, 2), LIKE.w[1])
    np.testing.assert_array_equal(row[30:35], LIKE.b[0])
    np.testing.assert_array_equal(row[35:], LIKE.b[1])


def test_many_rows_are_split_and_joined_with_their_biases_last() -> None:
    lanes = RANDOM.normal(size=(3, 37))
    places = Rows([4, 5, 2])
    (w2, w3), (b2, b3) = places.split(lanes)
    assert (w2.shape, w3.shape, b2.shape, b3.shape) == ((3, 4, 5), (3, 5, 2), (3, 5), (3, 2))
    for joined, w, b in zip(places.joined(lanes), (w2, w3), (b2, b3), strict=True):
        np.testing.assert_array_equal(joined[:, :-1], w)
        np.testing.assert_array_equal(joined[:, -1], b)

"""The data sets against their originals, counts, and rules."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.datasets import load_digits, load_iris

from app.datasets import catalogue, load, outline, resolve
from app.nn.errors import SpecError
from app.nn.spec import Table


def test_iris_is_the_original() -> None:
    original = load_iris()
    np.testing.assert_array_equal(load("iris").data.x, original.data)
    np.testing.assert_array_equal(load("iris").data.labels, original.target)


def test_the_pair_is_versicolor_then_virginica_in_raw_centimetres() -> None:
    original = load_iris()
    pair = load("iris-versicolor-virginica")
    np.testing.assert_array_equal(pair.data.x, original.data[50:])
    np.testing.assert_array_equal(pair.data.labels, [0] * 50 + [1] * 50)
    assert pair.class_names == ("versicolor", "virginica")


def test_digits_are_the_original_from_paper_0_to_ink_1() -> None:
    original = load_digits()
    np.testing.assert_array_equal(load("digits-8x8").data.x, original.data / 16)
    np.testing.assert_array_equal(load("digits-8x8").data.labels, original.target)


def test_four_bits_count_from_0000_to_1111() -> None:
    data = load("four-bit-majority").data
    assert data.x.tolist() == [[int(bit) for bit in f"{number:04b}"] for number in range(16)]
    assert data.labels.tolist() == [int(f"{number:04b}".count("1") > 2) for number in range(16)]
    assert load("four-bit-parity").data.labels.tolist() == [f"{number:04b}".count("1") % 2 for number in range(16)]


@pytest.mark.parametrize("name", catalogue())
def test_a_data_set_is_named_in_both_languages_and_cannot_be_changed(name: str) -> None:
    dataset = load(name)
    assert set(dataset.title) == {"en", "zh"}
    assert len(dataset.feature_names) == dataset.data.inputs
    assert len(dataset.class_names) == dataset.data.classes
    assert set(dataset.data.labels.tolist()) == set(range(dataset.data.classes))
    with pytest.raises(ValueError, match="read-only"):
        dataset.data.x[0, 0] = 1.0


def test_an_unknown_name_is_refused_with_the_names_that_there_are() -> None:
    with pytest.raises(SpecError, match="allowed: one of iris-versicolor-virginica"):
        load("no-such-flowers")


@pytest.mark.parametrize("name", ["\ud800", "\x00", "<b>", "../../etc/passwd", "x" * 1_000_000])
def test_a_refused_name_is_shown_short_and_can_be_encoded(name: str) -> None:
    with pytest.raises(SpecError) as refusal:
        load(name)
    assert len(str(refusal.value).encode()) < 400


def test_a_table_becomes_arrays() -> None:
    data = resolve(Table(x=((1.0, 2.0), (3.0, 4.0)), y=(1, 0), classes=3)).data
    assert data.x.tolist() == [[1, 2], [3, 4]]
    assert data.y.tolist() == [[0, 1, 0], [1, 0, 0]]


@pytest.mark.parametrize("name", catalogue())
def test_an_outline_says_of_a_data_set_what_is_so(name: str) -> None:
    said, found = outline(name), load(name)
    held_out = 0 if found.held_out is None else found.held_out.samples
    assert (said.inputs, said.classes) == (found.data.inputs, found.data.classes)
    assert (said.samples, said.held_out) == (found.data.samples, held_out)

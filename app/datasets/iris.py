"""Fisher's flowers: all three kinds, and the two that are hard to tell apart."""

from __future__ import annotations

from .dataset import Entry, Samples
from .files import table

__all__ = ["IRIS", "IRIS_PAIR"]

FEATURES = ("sepal length (cm)", "sepal width (cm)", "petal length (cm)", "petal width (cm)")
SOURCE = "R. A. Fisher 1936; UCI Machine Learning Repository, CC BY 4.0"
CHINESE = {
    "sepal length (cm)": "花萼长 (cm)",
    "sepal width (cm)": "花萼宽 (cm)",
    "petal length (cm)": "花瓣长 (cm)",
    "petal width (cm)": "花瓣宽 (cm)",
    "setosa": "山鸢尾",
    "versicolor": "变色鸢尾",
    "virginica": "维吉尼亚鸢尾",
}


def iris() -> Samples:
    """150 flowers: setosa, versicolor, virginica; raw centimetres."""
    return table("iris")


def iris_pair() -> Samples:
    """The 100 flowers that are hard to tell apart, versicolor (0) and virginica (1); raw centimetres."""
    x, labels = iris()
    return x[labels > 0], labels[labels > 0] - 1


IRIS_PAIR = Entry(
    name="iris-versicolor-virginica",
    title={"en": "Iris, versicolor against virginica", "zh": "鸢尾花：变色鸢尾与维吉尼亚鸢尾"},
    features=FEATURES,
    classes=("versicolor", "virginica"),
    samples=iris_pair,
    chinese=CHINESE,
    source=SOURCE,
)
IRIS = Entry(
    name="iris",
    title={"en": "Iris, all three kinds", "zh": "鸢尾花：全部三种"},
    features=FEATURES,
    classes=("setosa", "versicolor", "virginica"),
    samples=iris,
    chinese=CHINESE,
    source=SOURCE,
)

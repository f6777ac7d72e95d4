"""Softmax Playground: the softmax output layer, to be understood by touching it."""

__version__ = "0.1.0"

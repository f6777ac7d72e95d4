"""Softmax Playground: the softmax output layer, to be understood by touching it."""

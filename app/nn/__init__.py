"""The mathematics, on NumPy alone: layers, costs, networks, back-propagation, training. No I/O, clock or thread.

Read in this order: ``layers``, ``costs``, ``network``, ``backward``, ``rules``, ``initialise``, ``training``; then
``kernel``, which does what ``training`` does, only faster. Arrays are samples × units, costs are nats per sample.
"""

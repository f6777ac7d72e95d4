"""Where everything from outside is checked, counted, and refused in words."""

"""What a browser is shown: what pages there are, how one is sent, the files beside it, and the interface page."""

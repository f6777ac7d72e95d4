"""What goes over the WebSocket, without any I/O: messages as JSON text, and one reader's place in one run."""

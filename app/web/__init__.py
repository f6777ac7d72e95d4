"""The web: pages, JSON routes and WebSockets on FastAPI. Asks the engine port; never knows which adapter answers."""

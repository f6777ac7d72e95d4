"""What both engines use: processes that train, and the post between them."""

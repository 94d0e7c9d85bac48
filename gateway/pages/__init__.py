"""What people open in a browser, one module per audience."""

"""The shared words: what every layer above may say. Nothing here does input or output."""

"""What providers call: each request is checked, kept, acted on once and answered in the caller's own form."""

"""The HTTP door: webhooks, the customer's pages, the company's API and the demonstration."""

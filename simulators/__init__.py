"""The pretend world: a company's back office and a telephone carrier, so that everything runs on one machine."""

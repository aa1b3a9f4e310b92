"""Short forms → the works they mean."""

"""What is measured of citekit: how right it is (`accuracy`) and how fast (`speed`)."""

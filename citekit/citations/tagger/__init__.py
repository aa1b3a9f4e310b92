"""The trained reader of citations: words and marks, their features, and the model that labels them."""

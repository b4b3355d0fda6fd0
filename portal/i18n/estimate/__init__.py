"""The words of the estimate: what its codes mean, in the language that is an argument."""

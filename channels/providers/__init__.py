"""Who carries a channel. Each vendor's SDK is imported in one file here and nowhere else."""

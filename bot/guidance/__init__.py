"""What to offer and what to withhold: the safety rules meet the points here, and nowhere else."""

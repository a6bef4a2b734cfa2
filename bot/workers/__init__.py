"""Many processes for one bot: who receives stores, who works takes, and a dead one's work is taken over."""

"""Between the doors and the belt: what is known is gathered, the event is answered, what changed is kept."""

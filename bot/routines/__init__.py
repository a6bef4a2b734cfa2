"""The hold machine: a plan as stages and cues, and what happens to it as time passes and people tap."""

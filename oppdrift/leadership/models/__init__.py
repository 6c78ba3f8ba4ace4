"""The leadership development programme: who takes part, methods, reflections, promises followed up."""

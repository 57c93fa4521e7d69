"""One call in flight: heard, understood, shown. Owns the locks, queues and deadlines."""

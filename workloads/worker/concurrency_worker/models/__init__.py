"""One module per concurrency model: how `unit` or `unit_async` becomes a whole run. A module is imported only for its own cells."""

"""What forms of pages send, read: every fault told beside its field, and values of the domain."""

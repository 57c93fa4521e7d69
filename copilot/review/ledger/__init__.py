"""An account's ledger: what was promised on its calls, and what has become of it, as a fold of calls and notes."""

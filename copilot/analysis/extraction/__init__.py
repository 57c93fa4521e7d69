"""From talk to the value map: results, needs, measures, next steps, and what the customer says of them."""

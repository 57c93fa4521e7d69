"""Word error rates over recordings of one's own: `make wer MODEL=base.en DIR=recordings`."""

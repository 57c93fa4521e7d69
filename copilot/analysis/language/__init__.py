"""English as it is spoken: clauses, questions, wishes, listening noises, and the playbook's word lists."""

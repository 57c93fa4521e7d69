"""Language models: whoever speaks chat completions over HTTP, or any chat model of LangChain's kind."""

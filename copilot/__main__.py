from copilot.main import main

main()

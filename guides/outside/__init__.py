"""The nightly look at links to other sites. One link at a time, so that nobody's job waits for long."""

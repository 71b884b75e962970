"""The surfaces people meet. A channel translates in and sends out; it decides nothing."""

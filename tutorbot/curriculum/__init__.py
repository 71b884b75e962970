"""What is taught and how far a learner has come. Pure, but for `loader`, which reads the disk."""

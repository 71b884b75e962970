"""The author's workshop: advice on how a lesson is written, tables of all lessons, new ones, and what falls due.

Above `curriculum`, and unknown to the tutor: nothing here is done while a learner waits. A fault that keeps a lesson
out is found in `curriculum`; what is found here is advice.
"""

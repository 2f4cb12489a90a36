"""Broken builds: the product with one promise taken out, started in place of the real process.

Each module patches one function and runs the service's own main. The tests beside them show that the auditor
catches each, by the shortest course that brings the break to light; a checker that never finds anything would
prove nothing.
"""

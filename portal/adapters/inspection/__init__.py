"""Opening files that strangers send: in a bounded child process, never in the portal's own.

`inspector` is the parent's side and knows no picture and no PDF library; `child` and what it imports run only in
the child, after `confinement`. `binding` makes one PDF of pages that were inspected before.
"""

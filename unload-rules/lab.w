@q SPDX-License-Identifier: GPL-2.0-only @>

@* Exercises with a machine. \label{lab}%
This chapter is being written.

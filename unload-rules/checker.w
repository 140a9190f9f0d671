@q SPDX-License-Identifier: GPL-2.0-only @>

@* A checker for modules. \label{checker}%
This chapter is being written.

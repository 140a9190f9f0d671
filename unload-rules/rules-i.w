@q SPDX-License-Identifier: GPL-2.0-only @>

@* Rules for the beginning and the end. \label{rules-i}%
This chapter is being written.

@q SPDX-License-Identifier: GPL-2.0-only @>

@* Rules for what is counted. \label{rules-c}%
This chapter is being written.

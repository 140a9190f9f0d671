@q SPDX-License-Identifier: GPL-2.0-only @>

@* The verdict of the loader. \label{verdict}%
This chapter is being written.

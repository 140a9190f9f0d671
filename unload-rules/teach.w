@q SPDX-License-Identifier: GPL-2.0-only @>

@* For teachers. \label{teach}%
This chapter is being written.

@q SPDX-License-Identifier: GPL-2.0-only @>

@* One page for the wall. \label{wall}%
This chapter is being written.

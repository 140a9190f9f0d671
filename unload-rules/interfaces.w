@q SPDX-License-Identifier: GPL-2.0-only @>

@* The table of interfaces. \label{interfaces}%
What a module imports tells, for most modules, what kind of entries it has.

@(kernel/module/interfaces.h@>=
@<Rows of the table@>@;

@ The same text is for the checker.

@(host/interfaces.h@>=
@<Rows of the table@>@;

@ And these are the symbols that order nothing.

@(kernel/module/plain.h@>=
@<Symbols that order nothing@>@;

@ Again for both.

@(host/plain.h@>=
@<Symbols that order nothing@>@;

@ Some hooks are no functions, but variables. The loader cannot tell a module that stores something there from one that only reads; to it they are unknown. The checker looks
for the store.

@(host/hooks.h@>=
@<Hooks that are variables@>@;

@i unload-rules/table-core.w
@i unload-rules/table-net.w
@i unload-rules/table-drivers.w
@i unload-rules/table-plain.w

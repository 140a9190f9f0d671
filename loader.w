@q SPDX-License-Identifier: GPL-2.0-only @>
@q loader.w: the spine of the first book.  The chapters stand in loader/, the macros in kernel-glue/weave/. @>
\input bookmac
\def\booktitle{From File to Running Code}
\def\booksubtitle{The module loader of Linux 6.12, a program to be read}
\def\bookabout{This book is a program. Its text and its code come from the same source, \.{loader.w}: woven, it is
what you are reading; tangled, it is the part of the kernel that takes a file from user space, believes
nothing of it, and ends by calling its {\it init\/} function. It stands in the place of \.{kernel/module/}
and \.{arch/x86/kernel/module.c} in a Linux 6.12 tree, and modules built for the stock kernel load
unmodified.\par\medskip
\noindent How running code may leave again is the matter of its companion, {\sl The Rules of Unloading}.}
\def\covernote{The code in this book is free software under the GNU General Public License, version~2.
Linux is a trademark of Linus Torvalds.}
\def\otherbooks{unload-rules}
@i kernel-glue/weave/kfmt.w

@i loader/story.w
@i loader/load.w
@i loader/arrive.w
@i loader/elf.w
@i loader/modinfo.w
@i loader/layout.w
@i loader/symbols.w
@i loader/versions.w
@i loader/link.w
@i loader/x86.w
@i loader/live.w
@i loader/lookup.w
@i loader/header.w
@i loader/trials.w
@i loader/answers.w
@i loader/trials-host.w

@* Index.
Numbers are those of sections; an underlined one is where a name is defined. Messages of the loader stand in
{\tt typewriter type}, as they appear in the log. The numbers of errors that a caller may see are gathered
under ``error'', the locks under ``lock''. Variables that every other function has, like |i| and |err|, are left out.

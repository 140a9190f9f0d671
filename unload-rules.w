@q SPDX-License-Identifier: GPL-2.0-only @>
@q unload-rules.w: the spine of the second book.  The chapters stand in unload-rules/. @>
\input bookmac
\def\booktitle{The Rules of Unloading}
\def\booksubtitle{When running code may leave the kernel, for those who write modules}
\def\bookabout{A module that was loaded may be asked to go. This book says what must then be true,
and holds each rule beside the code of the loader that enforces it. Its text and its code come from
the same source, \.{unload-rules.w}.\par\medskip
\noindent How the code came in is told by its companion, {\sl From File to Running Code}.}
\def\covernote{The code in this book is free software under the GNU General Public License, version~2.
Linux is a trademark of Linus Torvalds.}
\def\otherbooks{loader}
@i kernel-glue/weave/kfmt.w

@i unload-rules/preface.w
@i unload-rules/wall.w
@i unload-rules/removal.w
@i unload-rules/count.w
@i unload-rules/delete.w
@i unload-rules/burial.w
@i unload-rules/quiesce.w
@i unload-rules/audit.w
@i unload-rules/census.w
@i unload-rules/quarantine.w
@i unload-rules/rules-c.w
@i unload-rules/rules-u.w
@i unload-rules/rules-d.w
@i unload-rules/rules-r.w
@i unload-rules/rules-i.w
@i unload-rules/leave.w
@i unload-rules/verdict.w
@i unload-rules/checker.w
@i unload-rules/who.w
@i unload-rules/tool.w
@i unload-rules/model.w
@i unload-rules/leaving-model.w
@i unload-rules/trials.w
@i unload-rules/sleepers.w
@i unload-rules/bench.w
@i unload-rules/lab.w
@i unload-rules/teach.w
@i unload-rules/interfaces.w
@i unload-rules/answers.w

@* Index.
Numbers are those of sections; an underlined one is where a name is defined. Beside a rule stands the page of its frame, beside an interface that of its row in the table.

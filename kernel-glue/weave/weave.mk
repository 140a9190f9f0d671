# SPDX-License-Identifier: GPL-2.0-only
# Weaving and tangling.  web.py does the work, runs only what changed, and is quiet when all is well.

WEB = python3 kernel-glue/weave/web.py

.PHONY: weave tangle chapter lint sections rules clean-weave

weave:
	@$(WEB) weave

tangle:
	@$(WEB) tangle

# one chapter alone: make chapter CH=loader/link.w
chapter:
	@$(WEB) chapter $(CH)

# messages, errnos and locks that are missing in the index
lint:
	@$(WEB) index $(CH)

sections:
	@$(WEB) sections $(CH)

# rules that lack one of their parts
rules:
	@$(WEB) rules

clean-weave:
	rm -rf out/weave out/chapter out/figures out/tangled out/loader.pdf out/unload-rules.pdf

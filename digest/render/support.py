"""Which features of HTML and CSS the mail programs of our readers lack; derived, not written by hand.

Source: Can I email (https://www.caniemail.com), github.com/hteumeuleu/caniemail,
commit 6b086a3483a92078ba5226626e13db6f0a95a113 of 2026-06-29. MIT licence:

MIT License

Copyright (c) 2019 Rémi Parmentier

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.

Made by `python -m tests.render.support_facts`, which says what is kept.
"""

CLIENTS = {
    "am": "Apple Mail",
    "ai": "Apple Mail on iOS",
    "fw": "Fastmail",
    "gw": "Gmail",
    "ga": "Gmail on Android",
    "gi": "Gmail on iOS",
    "oo": "Outlook on Windows",
    "om": "Outlook on the Mac",
    "ow": "Outlook.com",
    "oa": "Outlook on Android",
    "oi": "Outlook on iOS",
    "pw": "Proton Mail",
    "sa": "Samsung Email",
    "tm": "Thunderbird",
    "yw": "Yahoo Mail",
    "ya": "Yahoo Mail on Android",
    "yi": "Yahoo Mail on iOS",
}
"""The mail programs we write for."""

TABLE = """
css-accent-color | fw gw ga gi oo om ow oa oi pw yw ya yi |
css-align-items | gw ga gi oo yw ya yi |
css-animation | gw ga gi oo om ow oa oi pw tm yw ya yi |
css-aspect-ratio | fw gw ga gi oo om ow oa oi sa tm yw ya yi |
css-backdrop-filter | gw ga gi oo ow oa oi yw ya yi |
css-background | | oo yw ya yi
css-background-blend-mode | oo yw ya yi | ga gi
css-background-clip | oo yw ya yi | ga gi
css-background-image | oo | yw ya yi
css-background-origin | oo yw ya yi | ga gi
css-background-position | oo |
css-background-repeat | oo |
css-background-size | oo | ga gi
css-block-inline-size | gw ga gi oo om ow oa oi yw ya yi |
css-border | | oo
css-border-image | gw ga gi oo om ow oa oi yw ya yi |
css-border-inline-block | gw ga gi oo om ow oa oi sa yw ya yi |
css-border-inline-block-individual | gw ga gi oo om ow oa oi yw ya yi | sa
css-border-inline-block-longhand | gw ga gi oo om ow oa oi yw ya yi |
css-border-radius | oo | yw ya yi
css-border-radius-logical | gw ga gi oo om ow oa oi sa yw ya yi |
css-border-spacing | oo om |
css-box-shadow | gw oo yw ya yi | ga gi
css-box-sizing | oo yw ya yi |
css-caption-side | oo |
css-clear | oo | ga oa yw ya yi
css-clip-path | gw ga gi oo om ow oa oi yw ya yi |
css-color-scheme | fw gw ga gi oo om ow oa oi yw ya yi |
css-column-count | oo yw ya yi |
css-column-layout-properties | oo yw ya yi |
css-conic-gradient | gw ga gi oo om ow oa oi yw ya yi | sa
css-cursor | ai gw ga gi om ow oa oi yi | am pw yw ya
css-display | | fw ga gi oo yw ya yi
css-display-flex | oo | ga gi
css-display-grid | oo | ga gi
css-display-none | | oo
css-empty-cells | oo ya yi |
css-filter | fw gw ga gi oo om ow oa oi yw ya yi |
css-flex-direction | gw ga gi oo oa yw ya yi |
css-flex-wrap | gw ga gi oo yw ya yi |
css-float | oo | ga gi yw ya yi
css-font-kerning | oo yw ya yi |
css-font-size | | oo sa yw ya yi
css-font-size-adjust | oo | ga gi yw ya yi
css-font-stretch | ga oo oa sa yw ya yi |
css-font-weight | | oo yw ya yi
css-function-clamp | fw oo om ow oa oi yw ya yi | ga gi sa
css-function-light-dark | gw ga gi oo om ow oi yw yi | pw sa
css-function-max | fw oo om ow oa oi yw ya yi | ga gi sa
css-function-min | fw oo om ow oa oi yw ya yi | ga gi sa
css-gap | oo yw ya yi | fw gw ga gi om ow oa oi
css-grid-template | fw gw ga gi oo om ow oa oi yw ya yi |
css-height | yw ya yi | oo
css-hyphenate-character | gw ga gi oo om ow oa oi yw ya yi |
css-hyphenate-limit-chars | am ai gw ga gi oo om ow oa oi sa tm yw ya yi |
css-hyphens | gw ga gi oo om ow oa oi yw ya yi |
css-important | | gw ga gi oo pw yw ya yi
css-inert-attribute | gw ga gi oo om ow oa oi yw ya yi | pw
css-inline-size | am ai fw gw ga gi oo om ow oa oi yw ya yi |
css-inset | gw ga gi oo om ow oa oi sa yw ya yi |
css-intrinsic-size | oo sa yw ya yi | gi oa oi
css-justify-content | gw ga gi oo yw ya yi |
css-left-right-top-bottom | gw ga gi oo yw ya yi | sa
css-letter-spacing | | oo
css-line-height | | oo
css-linear-gradient | oo om ow oa oi yw ya yi | ga sa
css-list-style | | gw ga gi oo om pw yw ya yi
css-list-style-image | gw ga gi oo om ow oa oi pw yw ya yi |
css-list-style-position | oo |
css-margin | | gw ga gi oo om ow oa oi yw ya yi
css-margin-block-start-end | gw ga gi oo om ow oa oi yw ya yi |
css-margin-inline-block | gw ga gi oo om ow oa oi sa yw ya yi |
css-margin-inline-start-end | gw ga gi oo om ow oa oi yw ya yi |
css-mask-image | gw ga gi oo ow oa oi yw ya yi |
css-max-block-size | gw ga gi oo om ow oa yw ya yi |
css-max-height | oo |
css-max-inline-size | gw ga gi oo om ow oa oi yw ya yi |
css-max-width | | oo
css-min-block-size | gw ga gi oo om ow oa oi yw ya yi |
css-min-height | oo |
css-min-inline-size | gw ga gi oo om ow oa yw ya yi |
css-min-width | oo |
css-mix-blend-mode | fw oo yw ya yi | ga gi
css-modern-color | gw ga gi oo om ow oa oi sa tm yw ya yi |
css-object-fit | oo yw ya yi | ga gi
css-object-position | oo yw ya yi | ga gi
css-opacity | oo |
css-orphans | gw ga gi oo yw ya yi |
css-outline | oo |
css-outline-offset | gw ga gi oo om ow oa oi yw ya yi |
css-overflow | oo | am ai gw ga gi om ow oa oi pw sa yw ya yi
css-overflow-wrap | gw ga gi oo om ow oa oi yw ya yi | am ai
css-padding | | oo
css-padding-block-start-end | gw ga gi oo om ow oa oi yw ya yi |
css-padding-inline-block | gw ga gi oo om ow oa oi sa yw ya yi |
css-padding-inline-start-end | gw ga gi oo om ow oa oi yw ya yi |
css-position | gw ga gi oo oi | am ai fw om ow oa sa yw ya yi
css-radial-gradient | oo om ow oa oi yw ya yi | ga
css-resize | ai gw ga gi oo om ow oa oi yw ya yi | am pw
css-rgb | | gw ga gi oo yw ya yi
css-rgba | oo | gw ga gi yw ya yi
css-scroll-snap | fw gw ga gi oo om ow oa oi yw ya yi |
css-shape-margin | gw ga gi oo ow oa oi yw ya yi |
css-shape-outside | gw ga gi oo ow oa oi yw ya yi |
css-sytem-ui | oo | ga oa sa tm ya
css-tab-size | gw ga gi oo oa yw ya yi |
css-table-layout | oo om |
css-text-align | | ga oo oa sa yw ya yi
css-text-align-last | oo om ow oa oi yw ya yi |
css-text-decoration | | ga gi oo
css-text-decoration-color | oo | ga gi
css-text-decoration-line | oo |
css-text-decoration-skip-ink | gw ga gi oo om ow oa oi yw ya yi |
css-text-decoration-style | oo |
css-text-decoration-thickness | gw ga gi oo om ow oa oi yw ya yi |
css-text-emphasis | ga oo oa sa yw ya yi |
css-text-emphasis-position | gw ga gi oo ow oa oi sa yw ya yi |
css-text-indent | | gw ga gi pw yw ya yi
css-text-justify | am ai ga gi om oa oi sa ya yi | gw oo ow pw yw
css-text-orientation | oo yw ya yi |
css-text-overflow | oo sa yw ya yi | ga gi
css-text-shadow | gw ga gi oo om ow oa oi |
css-text-transform | | oo
css-text-underline-offset | gw ga gi oo om ow oa oi yw ya yi |
css-text-underline-position | oo om yw ya yi | am ai gi oi
css-text-wrap | gw ga gi oo om ow oa oi yw ya yi |
css-transform | gw ga gi oo om ow oa oi yw ya yi |
css-transition | gw ga gi oo om ow oa oi | sa yw ya yi
css-unit-calc | oo om ow oa oi yw ya yi | ga gi
css-unit-ch | oo yw ya yi |
css-unit-initial | oo yw ya yi | gw ga gi
css-unit-rem | oo yw ya yi |
css-unit-vh | fw oo | ai
css-unit-vmax | oo yw ya yi |
css-unit-vmin | oo yw ya yi |
css-unit-vw | fw oo |
css-user-select | gw ga gi oo om ow oa oi yw ya yi | ai pw
css-variables | fw gw ga gi oo om ow oa oi yw ya yi |
css-visibility | gw ga gi oo |
css-white-space | oo sa | ga gi ya yi
css-white-space-collapse | gw ga gi oo om ow oa oi yw ya yi |
css-widows | gw ga gi oo yw ya yi |
css-width | | oo
css-word-break | yw ya yi | am ai ga gi om ow oa oi sa
css-word-spacing | oo | yw ya yi
css-word-wrap | oo oa | gw ga
css-writing-mode | fw oo yw ya yi | ga gi
css-z-index | gw ga gi oo |
html-abbr | oo yw ya yi |
html-acronym | oo yw ya yi |
html-align | | om pw
html-anchor-links | gi sa ya yi | yw
html-aria-describedby | fw gw ga gi oo tm yw ya yi |
html-aria-hidden | tm yw ya yi |
html-aria-label | tm yw ya yi |
html-aria-labelledby | fw gw ga gi oo ow tm yw ya yi |
html-aria-live | om ow oa oi tm yw ya yi | oo
html-audio | fw gw ga gi oo om ow oa oi pw yw ya yi |
html-background | | ga gi oo
html-bdi | gw ga gi oo om ow oa oi yw ya yi |
html-body | fw om pw ya yi | gw ga gi ow oa oi yw
html-button-reset | oo oi yw ya yi | gi tm
html-button-submit | oo om ow oi yi | gi
html-dfn | | oo
html-dialog | fw gw gi oo om ow oa oi pw yw ya yi |
html-dir | | oo
html-form | fw oo pw yi | gi om ow
html-height | | oo
html-hidden | gw ga gi oo om ow oa oi yw ya yi |
html-image-maps | ya |
html-input-checkbox | oo pw | tm
html-input-hidden | oo pw | tm
html-input-radio | oo pw | tm
html-input-reset | oo pw | gi tm
html-input-submit | oo om ow pw yi | gi
html-input-text | oo oa pw sa ya | tm
html-lang | | yw ya yi
html-lists | | gw ga gi oo om ow oa oi yw ya yi
html-loading-attribute | fw gw ga gi oo om ow oa oi yw ya yi |
html-mailto-links | | ya
html-marquee | fw gw ga gi oo | om ow pw yw
html-meter | gw gi oo yw ya yi | ga
html-object | fw gw ga gi oo om ow oa oi pw yw ya yi | am sa tm
html-picture | fw gw ga gi oo om ow oa oi pw yw ya yi | am
html-popover | fw gw ga gi oo om ow oa oi pw tm yw ya yi | sa
html-progress | gw gi oo om ow oa oi yw ya yi | ga
html-required | gw gi oo om ow yw ya yi | ga pw
html-role | | yw ya yi
html-rp | gw gi oo | ga
html-rt | gw gi oo | ga
html-ruby | gw gi oo | ga
html-select | oo yi | ai gi tm
html-semantics | oo yw ya yi | gw ga gi om ow oa oi
html-srcset | fw gw ga gi oo om ow oa oi pw yw ya yi |
html-strike | | ga gi
html-svg | fw gw ga gi oo om ow oa oi yw ya yi | am
html-target | fw gw ga gi ow pw yw ya yi | am ai oo om oa oi sa tm
html-textarea | oo oa sa ya | tm
html-video | fw gw ga gi oo ow oa oi pw yw ya yi | ai sa
html-wbr | gi oo | ga
html-width | | oo
image-apng | gw ga oo oa |
image-avif | fw oo | gw ga gi
image-base64 | gw ga gi | oo
image-bmp | | gw ga
image-gif | | oo
image-hdr | am ai fw gw ga gi oo om ow oa oi pw sa tm yw ya yi |
image-heif | fw oo ow oa sa tm ya | gw ga gi pw yw
image-ico | oo |
image-mp4 | fw gw ga gi oo om oa sa tm ya |
image-svg | gw | ga gi
image-tiff | fw oo ow oa sa tm yw ya | gw ga
image-webp | oo | gw ga gi
"""
"""A line for each feature: its name at Can I email, the programs that lack it, those that have it in part."""

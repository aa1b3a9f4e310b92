-- Runs in pandoc behind citeproc: citations become words, notes paragraphs with their labels.

local address = "^https?://"

-- Signs behind which no blank stands.
local opening = {["("] = true, ["["] = true, ["“"] = true, ["‘"] = true, ["„"] = true, ["¿"] = true, ["¡"] = true}
local last_sign = "[%z\1-\127\194-\244][\128-\191]*$" -- of UTF-8

function Cite(cite)
  return cite.content
end

-- The blank that citeproc puts behind what stands before a citation goes where that is an opening sign.
local function closed_up(list)
  for place = #list - 1, 1, -1 do
    local before, blank = list[place], list[place + 1]
    if before.t == "Str" and blank.t == "Space" and opening[before.text:match(last_sign)] then
      list:remove(place + 1)
    end
  end
  return list
end

function Note(note)
  return closed_up(pandoc.utils.blocks_to_inlines(note.content))
end

-- An address of another kind than the web's (javascript:) is no link; citeproc puts https:// before what has none.
function Link(link)
  local rest = link.target:gsub(address, "")
  local web = link.target:match(address) or link.target:match("^ftp://") or link.target:match("^#")
  if not web or rest:match("^%a[%w+.-]*:%D") then
    return link.content
  end
end

function Div(div)
  local label = div.attributes["note-label"]
  if not label then
    return nil
  end
  local first = div.content[1]
  if label ~= "" then
    first.content = pandoc.Inlines {pandoc.Str(label), pandoc.Space()} .. first.content
  end
  return div.content
end

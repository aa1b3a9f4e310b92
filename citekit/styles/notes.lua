-- Runs in pandoc behind citeproc: citations become words, notes paragraphs with their labels.

local address = "^https?://"

-- Signs behind which no blank stands.
local opening = {["("] = true, ["["] = true, ["“"] = true, ["‘"] = true, ["„"] = true, ["¿"] = true, ["¡"] = true}
local last_sign = "[%z\1-\127\194-\244][\128-\191]*$" -- of UTF-8

-- Around words that are upright within italics (`citekit.styles.stand_ins`); `signs.lua` takes them away.
local upright_begins, upright_ends = 0xE0F1, 0xE0F2

local function Cite(cite)
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

local function Note(note)
  return closed_up(pandoc.utils.blocks_to_inlines(note.content))
end

-- An address of another kind than the web's (javascript:) is no link; citeproc puts https:// before what has none.
local function Link(link)
  local rest = link.target:gsub(address, "")
  local web = link.target:match(address) or link.target:match("^ftp://") or link.target:match("^#")
  if not web or rest:match("^%a[%w+.-]*:%D") then
    return link.content
  end
end

-- Characters of Chinese, Japanese and Korean are never slanted (Chicago 11.89), and emphasis within emphasis is upright.
local function is_east_asian(code)
  return (code >= 0x3000 and code <= 0x30FF) or (code >= 0x3400 and code <= 0x9FFF)
    or (code >= 0xAC00 and code <= 0xD7AF) or (code >= 0xF900 and code <= 0xFAFF) or (code >= 0xFF00 and code <= 0xFF60)
end

-- A word as pieces, each with whether it is upright; and whether what follows is.
local function pieces_of(words, upright)
  local pieces = {}
  for _, code in utf8.codes(words) do
    if code == upright_begins then
      upright = true
    end
    local east = upright or is_east_asian(code)
    if code == upright_ends then
      upright = false
    end
    local last = pieces[#pieces]
    if last and last.east == east then
      last.text = last.text .. utf8.char(code)
    else
      table.insert(pieces, {text = utf8.char(code), east = east})
    end
  end
  return pieces, upright
end

local function Emph(emph)
  local mixed, upright = false, false
  for _, inline in ipairs(emph.content) do
    mixed = mixed or inline.t == "Emph" or (inline.t == "Str" and inline.text:find("[\227-\239]"))
  end
  if not mixed then
    return nil
  end
  local made, slanted = pandoc.Inlines {}, pandoc.Inlines {}
  local function close()
    local blanks = pandoc.Inlines {}
    while #slanted > 0 and slanted[#slanted].t == "Space" do
      blanks:insert(slanted:remove(#slanted))
    end
    if #slanted > 0 then
      made:insert(pandoc.Emph(slanted))
    end
    made:extend(blanks)
    slanted = pandoc.Inlines {}
  end
  for _, inline in ipairs(emph.content) do
    if inline.t == "Emph" then
      close()
      made:extend(inline.content)
    elseif inline.t == "Str" then
      local pieces
      pieces, upright = pieces_of(inline.text, upright)
      for _, piece in ipairs(pieces) do
        if piece.east then
          close()
          made:insert(pandoc.Str(piece.text))
        else
          slanted:insert(pandoc.Str(piece.text))
        end
      end
    elseif upright or (inline.t == "Space" and #slanted == 0) then
      made:insert(inline)
    else
      slanted:insert(inline)
    end
  end
  close()
  return made
end

-- What kept citeproc's hands off capitals has done its work.
local function Span(span)
  if span.classes:includes("nocase") then
    return span.content
  end
end

-- An entry of which the style prints nothing is no entry: it is told, and left out.
local function told_if_empty(div)
  if div.classes:includes("csl-entry") and pandoc.utils.stringify(div):match("^[%s%p]*$") then
    io.stderr:write("citekit-empty " .. div.identifier:gsub("^ref%-", "") .. "\n")
    return {}
  end
  return nil
end

local function Div(div)
  local label = div.attributes["note-label"]
  if not label then
    return told_if_empty(div)
  end
  local first = div.content[1]
  if label ~= "" then
    first.content = pandoc.Inlines {pandoc.Str(label), pandoc.Space()} .. first.content
  end
  return div.content
end

return {{Emph = Emph, Cite = Cite, Note = Note, Link = Link, Span = Span, Div = Div}}

pub fn clean_line(t:&str)->String{t.trim().into()} pub fn clean_text(t:&str)->String{t.trim().into()}

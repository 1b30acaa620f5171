"""Short support-style phrases, written for this project, that widen what the teachers are asked about.

Frames are filled with everyday nouns and verbs. Many fillings are odd; the teachers place them anyway,
and the student learns what each word adds. Nothing here is taken from a data set.
"""

import random

ZH_VERBS = """绑定 解绑 取消 修改 更换 申请 开通 关闭 查询 提现 还款 充值 退 换 支付 登录 注册 删除 注销 冻结 解冻 升级
续费 下载 上传 导出 预约 转账 验证 认证 找回 重置 设置 打开 恢复 激活 挂失 补办 投诉 举报 领取 使用 兑换 邀请 分享 购买
下单 催 签收 寄 打印 扫描 连接 更新 安装 卸载 播放 收听 搜索 推荐 提醒 翻译 计算 导航 预订 订阅 退订 合并 拆分 授权 同步 备份""".split()
ZH_NOUNS = """银行卡 信用卡 验证码 密码 支付密码 账号 账户 手机号 身份证 实名认证 人脸识别 余额 零钱 红包 优惠券 积分 会员 订单 快递
包裹 物流 地址 退款 退货 运费 发票 合同 账单 额度 利息 手续费 汇率 贷款 分期 保险 理赔 工资 押金 定金 预约 挂号 医生 药
航班 机票 火车票 酒店 房间 座位 行李 签证 护照 司机 行程 打车 单车 外卖 餐厅 菜 课程 老师 作业 考试 成绩 证书 直播 视频 音乐
歌 电影 小说 新闻 天气 闹钟 日程 邮件 短信 电话 联系人 群 好友 消息 通知 照片 文件 云盘 空间 套餐 流量 话费 宽带 网络 蓝牙 打印机
手机 电脑 屏幕 电池 充电器 摄像头 门锁 空调 灯 电视 音箱 洗衣机 客服 人工 商家 店铺 商品 尺码 颜色 库存 价格 活动 抽奖 游戏 皮肤 等级
装备 软件 系统 版本 页面 按钮 链接 二维码 权限 设备 系统错误 限额 风控 黑名单 征信 公积金 社保 税 收款码 亲属卡 花费 记录 明细 报告""".split()
ZH_FRAMES = """怎么{v}{n}|{n}怎么{v}|如何{v}{n}|在哪里{v}{n}|{n}在哪{v}|为什么{v}不了{n}|{n}{v}不了|{n}一直{v}失败怎么办|{v}{n}要多久
{v}{n}要钱吗|{v}{n}需要什么材料|我想{v}{n}|帮我{v}一下{n}|能不能{v}{n}|可以{v}{n}吗|{n}不见了|{n}没收到|{n}还没到|{n}不对|{n}打不开
{n}显示错误|{n}是什么意思|{n}和{m}有什么区别|{v}{n}的时候提示{m}不对|{n}被{v}了怎么办|忘了{n}怎么{v}|没有{n}能{v}{m}吗|{n}什么时候能{v}
{v}了{n}之后{m}怎么办|{n}卡住了动不了|为啥我的{n}没有了|{n}多少钱|谁动了我的{n}|{n}已经{v}了但是{m}没变|别人的{n}能{v}吗|我不会{v}{n}|{n}太慢了
给我{v}个{n}|打开{n}|关掉{n}|我要听{n}|今天的{n}|查一下{n}的{m}|{n}重复{v}了两次|{n}无效|{n}过期了还能{v}吗|不想要{n}了|{n}的{m}在哪看""".replace("\n", "|").split("|")

EN_VERBS = """add|remove|cancel|change|update|apply for|open|close|check|withdraw|repay|top up|return|exchange|pay for|log in to|
sign up for|delete|freeze|unlock|upgrade|renew|download|upload|export|book|transfer|verify|confirm|recover|reset|set up|turn on|turn off|
activate|report|replace|claim|use|redeem|share|buy|track|print|scan|connect|install|play|find|recommend|translate|schedule|reschedule|
order|subscribe to|unsubscribe from|merge|split|authorise|sync|back up|dispute|block|extend|rate|edit|send|receive""".replace("\n", "").split("|")
EN_NOUNS = """card|bank account|code|password|pin|account|phone number|email address|id document|balance|gift card|coupon|points|
membership|order|parcel|delivery|address|refund|return label|shipping fee|invoice|contract|statement|limit|interest|fee|exchange rate|loan|
instalment|insurance|claim|salary|deposit|appointment|doctor|medicine|flight|ticket|train|hotel|room|seat|luggage|visa|passport|driver|ride|
bike|takeaway|restaurant|recipe|course|teacher|homework|exam|grade|certificate|stream|video|music|song|movie|book|news|weather|alarm|
calendar|meeting|message|call|contact|group|friend|notification|photo|file|storage|plan|data|bill|internet|bluetooth|printer|phone|laptop|
screen|battery|charger|camera|door lock|air conditioner|light|tv|speaker|washing machine|agent|seller|shop|item|size|colour|stock|price|
promotion|game|skin|level|app|system|version|page|button|link|qr code|permission|device|error|credit score|tax|receipt|history|report|
subscription|trial|identity|payment|transaction|transfer|cash|direct debit|cheque|currency|profile|settings|timer|reminder|list|podcast|radio""".replace("\n", "").split("|")
EN_FRAMES = """how do i {v} my {n}|how to {v} {n}|where can i {v} the {n}|why cant i {v} my {n}|{n} wont {v}|unable to {v} {n}|how long does it take to {v} a {n}
is there a fee to {v} my {n}|what do i need to {v} a {n}|i want to {v} my {n}|please {v} my {n}|can you {v} the {n} for me|can i {v} my {n}|my {n} is missing
i never got my {n}|{n} still not here|wrong {n}|{n} not working|{n} error|what does {n} mean|difference between {n} and {m}|tried to {v} {n} but it says {m} invalid
my {n} was declined when i tried to {v} {m}|forgot my {n}|do i need a {n} to {v} {m}|when will my {n} arrive|after i {v} the {n} what happens to the {m}
{n} stuck|where did my {n} go|how much is the {n}|someone used my {n}|{n} charged twice|i dont understand the {n}|{n} pending|{n} is too slow|{v} {n}
my {n} expired|i dont want the {n} anymore|show me the {n} for my {m}|{n} keeps failing|is my {n} safe|whats my {n}|what is the {n} for {m}|tell me about {n}
set a {n} for tomorrow|add {n} to my {m}|the {n} on my {m} is wrong|who do i talk to about {n}|no {n} after i {v} the {m}""".replace("\n", "|").split("|")


def phrases(count: int, zh_words: list[str], en_words: list[str], seed: int) -> tuple[list[str], list[str]]:
    """`count` Chinese and `count` English phrases; a third of the nouns are drawn from the word lists."""
    rng = random.Random(seed)

    def fill(frames, verbs, nouns, words):
        noun = lambda: rng.choice(words if rng.random() < 1 / 3 else nouns)
        return rng.choice(frames).format(v=rng.choice(verbs), n=noun(), m=noun())

    zh = [fill(ZH_FRAMES, ZH_VERBS, ZH_NOUNS, zh_words) for _ in range(count)]
    en = [fill(EN_FRAMES, EN_VERBS, EN_NOUNS, en_words) for _ in range(count)]
    return zh, en
